"""Addresses of pages by name."""

from django.urls import NoReverseMatch, reverse


def address(name: str, *parts) -> str:
    """The address of a page, or nothing while the page does not exist."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""
