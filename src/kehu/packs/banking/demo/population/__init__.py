"""The invented people and companies of the demo bank; coherent and clean, dirt comes later per system."""
