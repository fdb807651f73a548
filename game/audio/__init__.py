"""The speaker: sounds made with numpy, one file that plays them."""
