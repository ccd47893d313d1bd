"""What a workspace says of the images that its codespace pulls. Reads files and nothing else."""
