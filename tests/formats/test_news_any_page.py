"""Whatever page it is given, the reader keeps its promises: no crash, no hang, no invented date."""

from hypothesis import given

from tests.fuzz import news as fuzz


@fuzz.rounds(60)
@given(fuzz.texts, fuzz.days)
def test_any_text_is_read_or_refused_and_nothing_is_invented(page, published):
    fuzz.check(page, published)


@fuzz.rounds(40)
@given(fuzz.mutated(), fuzz.days)
def test_a_page_that_was_damaged_is_read_without_invention(page, published):
    fuzz.check(page, published)


@fuzz.rounds(15)
@given(fuzz.endless(8_000), fuzz.days)
def test_a_page_that_repeats_itself_takes_time_by_its_length(page, published):
    fuzz.check(page, published)


@fuzz.rounds(60)
@given(fuzz.st.binary(max_size=400))
def test_bytes_of_any_kind_are_read_or_refused(page):
    fuzz.check(page, None)
