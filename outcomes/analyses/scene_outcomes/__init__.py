"""What happened on scene and after."""
