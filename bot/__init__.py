"""The dialogue: its domain, rules and examples, and the components that Rasa loads. Lives in Rasa's environment."""
