"""Where a user can be reached; what each is called in Casey stands in ``words.CONTACTS``."""

from app.api.deskie.schemas.fields import Lenient, text
from app.people.identities import LONGEST
from app.people.nameless import LONGEST_NAME


class Contacts(Lenient):
    """Contacts of a user, and what he is called."""

    user_full_name = text(LONGEST_NAME)
    user_email = text(LONGEST)
    user_phone = text(LONGEST)
    user_whatsapp_phone = text(LONGEST)
    user_custom_id = text(LONGEST - 20)
    user_custom_channel = text(19)
    user_telegram = text(LONGEST)
    user_telegram_data = text(LONGEST)
    user_viber = text(LONGEST)
    user_skype = text(LONGEST)
    user_line = text(LONGEST)
    user_slack = text(LONGEST)
    user_mattermost = text(LONGEST)
    user_avito = text(LONGEST)
    user_vkontakte = text(LONGEST)
    user_odnoklassniki = text(LONGEST)
    user_facebook = text(LONGEST)
    user_instagram = text(LONGEST)
