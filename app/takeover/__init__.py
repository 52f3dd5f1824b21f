"""Taking over what another system holds: everybody and every case of a live account, once each."""
