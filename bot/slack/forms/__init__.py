"""What submitted forms do, one file a form: `NAME`, and `submit(desk, form)`, which returns errors by block, or None."""
