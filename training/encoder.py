"""The bundled sentence encoder as a network for further training."""

from pathlib import Path

from safetensors.torch import load_file
from transformers import BertConfig, BertModel


def encoder_of(folder: Path, *, layers: int | None = None) -> BertModel:
    """Without dropout and with eager attention, which trains fastest on a CPU.

    It has its first `layers`, or all; the embeddings of its word-pieces are frozen.
    """
    config = BertConfig.from_pretrained(folder)
    config.num_hidden_layers = layers or config.num_hidden_layers
    config.attention_probs_dropout_prob = 0.0
    config.hidden_dropout_prob = 0.0
    config._attn_implementation = "eager"
    encoder = BertModel(config, add_pooling_layer=False)
    weights = load_file(folder / "model.safetensors")
    known = encoder.state_dict().keys()
    encoder.load_state_dict({k: v for k, v in weights.items() if k in known})
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return encoder
