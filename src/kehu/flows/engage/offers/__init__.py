"""What happens with offers at the desk."""
