"""The laws of the house: what each finds, tests beside this folder demand to be nothing."""
