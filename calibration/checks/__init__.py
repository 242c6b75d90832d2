"""The 45 checks: what each says, where it is carried out, what was measured, and the page of them."""
