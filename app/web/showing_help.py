"""People to turn to, as pages show them: numbers as links that dial, and the page for help."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from app.engine import Contact
from app.service import Helping
from app.web.views import CountryOption, Layout, Line, Row, Way
from app.web.views_outside import HelpSection, HelpView

_DIALLED = re.compile(r"[^0-9+*#]")


def dial(number: str) -> str | None:
    """The link that calls the first of these numbers; None where there is no number in the words."""
    digits = _DIALLED.sub("", re.split(r"[,/;]| or ", number)[0])
    return f"tel:{digits}" if digits else None


def text_message(to: str, word: str) -> str:
    """The link that opens a text message."""
    return f"sms:{_DIALLED.sub('', to)}" + (f"?body={quote(word)}" if word else "")


def row(contact: Contact) -> Row:
    """Somebody to turn to, with every way to reach them."""
    ways = []
    if contact.call:
        ways.append(Way(f"Call {contact.call}", dial(contact.call)))
    if contact.text_chat:
        written = contact.text_chat[:1].upper() + contact.text_chat[1:]
        sms = text_message(contact.text_to, contact.text_word) if contact.text_to else None
        ways.append(Way(written, sms))
    if contact.site:
        ways.append(Way(contact.site, f"https://{contact.site}"))
    says = ". ".join(each for each in (contact.about, contact.hours) if each)
    plain = ", ".join(each for each in (contact.call, contact.text_chat or contact.site) if each)
    return Row(contact.name, says, tuple(ways), plain)


def rows(contacts: Iterable[Contact]) -> tuple[Row, ...]:
    """Several of them."""
    return tuple(row(contact) for contact in contacts)


def line(contact: Contact) -> Line | None:
    """A contact as one large number: to call, else to text; None where it has neither."""
    if contact.call:
        return Line(f"Call {contact.name}", contact.call, dial(contact.call))
    if contact.text_to:
        word = f"Text {contact.text_word} to" if contact.text_word else "Text"
        return Line(
            f"{contact.name}. {word}", contact.text_to, text_message(contact.text_to, contact.text_word)
        )
    return None


def lines(contacts: Iterable[Contact]) -> tuple[Line, ...]:
    """Those that have a number."""
    return tuple(found for contact in contacts if (found := line(contact)))


def emergency_line(number: str) -> Line:
    """The number for danger to life; words where no country is known."""
    return Line("Emergency", number, dial(number))


def country_options(countries: tuple[tuple[str, str], ...], chosen: str | None) -> tuple[CountryOption, ...]:
    """The countries with rows to show."""
    return tuple(CountryOption(code, name, code == chosen) for code, name in countries)


def help_view(
    helping: Helping, around: Layout, country: str | None, countries: tuple[tuple[str, str], ...]
) -> HelpView:
    """The page for help, for a country or for anywhere."""
    page = helping.page(country)
    sections = [
        HelpSection(
            part.id, part.title, part.says, rows(part.contacts), part.copy, f"sms:?body={quote(part.copy)}"
        )
        for part in page.parts
    ]
    first = [section for section in sections if section.id == "now"]
    answerable = rows(page.regulators)
    sections.append(
        HelpSection("regulators", "Who a therapist answers to", page.before_you_call, answerable, "", "")
    )
    sections.append(
        HelpSection("anywhere", "More lists for any country", (), rows(page.directories[1:]), "", "")
    )
    within = around.conversation
    return HelpView(
        layout=around,
        says=tuple(text for section in first for text in section.says),
        lines=lines(page.first),
        emergency=emergency_line(page.emergency),
        directories=rows(page.directories[:1]),
        country=page.country_name,
        known=page.as_known_in,
        countries=country_options(countries, page.country),
        country_action=f"{within}/help" if within else "/help",
        country_method="post" if within else "get",
        sections=tuple(section for section in sections if section.id != "now"),
    )
