"""Interactive pictures of networks: `draw_network`, `draw_ego`, `draw_path` give a `Drawing`."""

from .drawing import Drawing, vis_folder
from .network import draw_ego, draw_network, draw_path

__all__ = ["Drawing", "draw_ego", "draw_network", "draw_path", "vis_folder"]
