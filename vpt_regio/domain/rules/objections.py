"""The terms of an objection to a decision."""

from datetime import date, timedelta

# Source: General Administrative Law Act 6:7 and 6:8: six weeks, from the day after the decision
TERM_TO_OBJECT = timedelta(weeks=6)
# Source: General Administrative Law Act 7:10, first paragraph: six weeks after that term
TERM_TO_DECIDE = timedelta(weeks=6)
# Source: General Administrative Law Act 7:10, third paragraph; longer only if the objector agrees
USUAL_EXTENSION = timedelta(weeks=6)


def last_day_to_object(decided_on: date) -> date:
    """Return the last day on which an objection is in time."""
    return decided_on + TERM_TO_OBJECT


def is_late(*, decided_on: date, received_on: date) -> bool:
    """Tell whether an objection came after its term; it is judged all the same."""
    return received_on > last_day_to_object(decided_on)


def last_day_to_decide(*, decided_on: date, received_on: date) -> date:
    """Return the last day to decide on an objection; for a late one it runs from its receipt."""
    return max(last_day_to_object(decided_on), received_on) + TERM_TO_DECIDE
