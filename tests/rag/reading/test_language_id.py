"""Whether a text is in English."""

import pytest

from rag.reading.language_id import is_english, is_foreign_question


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was closed in May and will not open before the winter.",
        "Who designed the lighthouse?",
        "Juan de la Cruz of Los Angeles and Ana de los Santos, who is from El Paso",
        "Halden 31, Orrin 17\nSefton 42, Corvin 14",
        "",
        "42",
    ],
)
def test_english_is_english_and_so_is_a_text_where_nothing_decides(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Die Brücke wurde im Mai gesperrt, und die Sanierung ist noch nicht fertig.",
        "Le pont a été fermé en mai, et la ville a voté un budget pour les travaux.",
        "El puente se cerró en mayo y las obras no terminan con el presupuesto del año.",
        "A ponte foi fechada em maio e a reforma não está no orçamento dos próximos anos.",
        "De brug werd in mei gesloten en het werk van de aannemer is niet klaar.",
        "Most został zamknięty w maju i nie jest gotowy, jak się okazuje, do zimy.",
        "Мост был закрыт в мае.",
        "أُغلق الجسر في مايو",
        "橋は五月に閉鎖された",
    ],
)
def test_other_languages_are_recognised_by_letters_or_frequent_words(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize(
    "question",
    [
        "Wann wurde die Brücke gebaut?",
        "Was sagte der Bürgermeister?",
        "Qui a ouvert le pont ?",
        "Où est le pont ?",
        "¿Quién abrió el puente?",
        "Quando foi aberta a ponte?",
        "Wie heeft de brug geopend?",
        "谁打开了桥?",
    ],
)
def test_a_question_in_another_language_is_recognised(question: str) -> None:
    assert is_foreign_question(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who was De Klerk?",
        "Where is Le Pen from?",
        "Was São Paulo flooded?",
        "When did the Brücke museum open?",
        "What did el Niño do to crops?",
        "Beyoncé tour dates",
        "What is the price of crème brûlée?",
        "",
    ],
)
def test_a_foreign_name_makes_no_foreign_question(question: str) -> None:
    assert not is_foreign_question(question)
