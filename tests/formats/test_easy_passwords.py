import pytest

from webapp.formats.easy_passwords import is_easy

KNOWN = ("Anytown Safeguarding Children Partnership", "olive.green@anytown.gov.uk", "Olive Green")


@pytest.mark.parametrize(
    "password",
    [
        "Safeguarding2025!",
        "S4fegu4rding2025",
        "Anytown-Anytown-1",
        "OliveGreen1999",
        "Welcome123456",
        "September2025!",
        "Password Password",
        "P@$$w0rd12345",
        "qwertyuiop123",
        "123456789012",
        "210987654321",
        "aaaaaaaaaaaaaaaa",
        "abababababab",
        "anytown.gov.uk.training",
    ],
)
def test_what_anybody_would_try_first_is_easy(password):
    assert is_easy(password, KNOWN)


@pytest.mark.parametrize(
    "password",
    [
        "three unlikely words",
        "a bicycle in the hall",
        "Safeguarding a green walrus",
        "839205714628",
        "xK9#mQ2$vL7!",
        "שלוש מילים לא צפויות",
    ],
)
def test_what_has_enough_besides_is_not(password):
    assert not is_easy(password, KNOWN)
