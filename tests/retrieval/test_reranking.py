"""A cross-encoder that is named orders what was found; one that cannot be used is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from sentence_transformers import CrossEncoder
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from assistant.answering.assistant import Assistant
from assistant.errors import ModelError
from assistant.index.ingest import ingest
from assistant.retrieval.reranking import Reranker

BODY = """## Is lunch free?

The canteen is open to observers.

## Is parking free?

The garage is open to observers.

## Is wifi free?

The network is open to observers.
"""
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "garage", "canteen", "network", "free"]


def small_cross_encoder(folder: Path, labels: int = 1) -> Path:
    """Save a real, tiny BERT that scores a pair by whether it holds the word `garage`."""
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )  # fmt: skip
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]", model_max_length=64,
    )  # fmt: skip
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=16, max_position_embeddings=64, num_labels=labels,
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    with torch.no_grad():  # every token looks at all tokens alike; `garage` alone speaks
        attention = model.bert.encoder.layer[0].attention.self
        attention.query.weight.zero_()
        attention.key.weight.zero_()
        table = model.bert.embeddings.word_embeddings.weight
        table[WORDS.index("garage")] = 10 * torch.ones(16) * torch.tensor([1.0, -1.0] * 8)
    model.save_pretrained(folder)
    wrapped.save_pretrained(folder)
    return folder


@pytest.fixture
def asked(settings, write_guide, embedder, tmp_path):
    write_guide("faqs/free.md", BODY, title="Free things")
    ingest(settings, embedder)
    folder = small_cross_encoder(tmp_path / "model")
    reranker = Reranker.load(settings.model_copy(update={"reranker": str(folder)}))
    assert reranker
    scores = CrossEncoder(str(folder), device="cpu")
    return Assistant(settings, embedder), Assistant(settings, embedder, reranker), scores


def test_passages_stand_by_the_cross_encoders_score(asked):
    plain, reranked, model = asked
    question = "are things free"
    before, after = plain.trace(question).passages, reranked.trace(question).passages
    assert {each.passage.id for each in before} == {each.passage.id for each in after}
    texts = [each.passage.embedded for each in after]
    expected = model.predict([(question, text) for text in texts])
    assert [each.reranked for each in after] == pytest.approx(list(expected), abs=1e-4)
    assert list(expected) == sorted(expected, reverse=True)
    assert expected[0] > expected[-1], "the model must tell them apart"
    found = reranked.retriever(top=1).invoke(question)
    assert [each.id for each in found] == [after[0].passage.id]
    assert "rerank" in reranked.ask(question).timings_ms


def test_no_name_no_reranker(settings):
    assert Reranker.load(settings) is None


@pytest.mark.parametrize("make", ["nothing", "several"])
def test_what_cannot_rank_is_refused(settings, tmp_path, make):
    folder = tmp_path / "model"
    if make == "several":
        small_cross_encoder(folder, labels=3)
    with pytest.raises(ModelError, match="ASSISTANT_RERANKER"):
        Reranker.load(settings.model_copy(update={"reranker": str(folder)}))
