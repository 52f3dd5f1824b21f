"""How scores are called on pages."""

from app.cases.ratings import Score
from app.translating import lazily

SCORES = {Score.LOW: lazily("Not good"), Score.MIDDLE: lazily("All right"), Score.HIGH: lazily("Very good")}
