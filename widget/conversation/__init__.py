"""What happens to a message: understood, given to the assistant, answered by the gateway where that is away, remembered."""
