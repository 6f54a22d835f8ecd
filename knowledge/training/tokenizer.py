"""The encoder's tokens: a Unigram vocabulary over all ten languages, in the words' own and in careless writing."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "[UNK]"


def train_tokenizer(texts: Iterable[str], *, size: int) -> Tokenizer:
    """Return a Unigram tokenizer of `size` tokens (Kudo 2018); texts are compared case-folded, with one form of each letter."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace("İ", "i"),
            normalizers.Lowercase(),
            normalizers.Replace(Regex("[\u064b-\u0652\u0670\u0640\u200e\u200f\u200d\u00ad]"), ""),
            normalizers.Replace(Regex("[أإآٱ]"), "ا"),
            normalizers.Replace(Regex("[یى]"), "ي"),
            normalizers.Replace("ک", "ك"),
            normalizers.Replace("\u200c", " "),
            normalizers.Replace(Regex("[’ʼ`´‘]"), "'"),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Punctuation("isolated"),
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.Metaspace(),
        ]
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=size, unk_token=UNKNOWN, special_tokens=[UNKNOWN], max_piece_length=16, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


class TokenBags:
    """Tokenised texts, flat, to draw batches from quickly."""

    def __init__(self, tokenizer: Tokenizer, texts: Sequence[str]) -> None:
        lengths, flat = [], []
        for start in range(0, len(texts), 10_000):
            for encoding in tokenizer.encode_batch(list(texts[start : start + 10_000]), add_special_tokens=False):
                ids = encoding.ids or [0]
                lengths.append(len(ids))
                flat.append(np.array(ids, np.int32))
        self.starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        self.tokens = np.concatenate(flat)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def batch(
        self, rows: NDArray[np.int64], *, dropout: float, rng: np.random.Generator
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the tokens of some texts and where each text begins, a share of tokens left out; none becomes empty."""
        bags = [self.tokens[self.starts[row] : self.starts[row + 1]] for row in rows]
        if dropout:
            kept = [bag[rng.random(len(bag)) >= dropout] for bag in bags]
            bags = [few if len(few) else bag for few, bag in zip(kept, bags, strict=True)]
        offsets = np.concatenate([[0], np.cumsum([len(bag) for bag in bags])[:-1]])
        return np.concatenate(bags).astype(np.int64), offsets.astype(np.int64)
