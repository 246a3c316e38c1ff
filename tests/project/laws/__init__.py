"""The laws of the house: each finds breaches; tests beside this folder demand none."""
