"""Phone numbers and email addresses as people write them, in the one form we keep. Only their shape is checked."""
import phonenumbers
from email_validator import EmailNotValidError, validate_email


def phone(typed: str) -> str:
    """In E.164. Raises ValueError, saying what to do. Ringing it is the proof."""
    try:
        number = phonenumbers.parse(typed, "GB")
    except phonenumbers.NumberParseException:
        raise ValueError("this is not a phone number: write it like 07700 900123, or with + and the country's code") from None
    if not phonenumbers.is_possible_number(number):
        raise ValueError("this phone number is too short or too long: check its digits")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email(typed: str) -> str:
    """Raises ValueError, saying what to do."""
    try:
        return validate_email(typed, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise ValueError("this is not an email address: write it like name@example.org") from None


def either(typed: str) -> str:
    """One field that takes both: an address has an @ in it. Small and capital letters are one address to look up."""
    return email(typed).lower() if "@" in typed else phone(typed)
