"""The pack of a region: read, checked, frozen; knows core alone."""
