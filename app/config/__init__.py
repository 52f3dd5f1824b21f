"""Settings (declared in ``settings``), their sources, and the deployment."""

from app.config.current import deployed, settings

__all__ = ["deployed", "settings"]
