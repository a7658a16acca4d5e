from threading import Thread

from webapp.formats.kept import Kept


def test_what_was_kept_is_found_under_its_key_alone():
    kept = Kept(100, len)
    kept.put(("programme", 1), b"one")
    assert kept.get(("programme", 1)) == b"one"
    assert kept.get(("programme", 2)) is None


def test_what_nobody_asked_for_longest_makes_room():
    kept = Kept(10, len)
    kept.put("a", b"aaaa")
    kept.put("b", b"bbbb")
    kept.get("a")
    kept.put("c", b"cccc")
    assert kept.keys() == {"a", "c"}


def test_what_is_larger_than_all_the_room_is_not_kept_and_breaks_nothing():
    kept = Kept(10, len)
    kept.put("large", b"x" * 11)
    assert kept.keys() == set()
    kept.put("small", b"x" * 10)
    assert kept.get("small") == b"x" * 10


def test_a_newer_value_takes_the_room_of_the_older():
    kept = Kept(10, len)
    for _ in range(5):
        kept.put("a", b"x" * 6)
    kept.put("b", b"x" * 4)
    assert kept.keys() == {"a", "b"}


def test_threads_that_put_and_get_at_once_leave_it_within_its_bounds():
    kept = Kept(1000, len)
    wrong = []

    def use(start):
        for n in range(2000):
            key = (start * 7 + n) % 40
            kept.put(key, bytes([key]) * 50)
            found = kept.get((key + 1) % 40)
            if found is not None and found != bytes([(key + 1) % 40]) * 50:
                wrong.append(found)

    threads = [Thread(target=use, args=(start,)) for start in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert 0 < len(kept.keys()) <= 20
