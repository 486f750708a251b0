"""How good a generator is: measured against renders of people it has never seen, always in three columns.

The *generator's* own score, that of *renders* (the floor: what a perfect generator would reach), and that of *blurred*
renders (the control: what softness alone costs). The figures measure fidelity to our rendered people, not likeness to
photographs.
"""
