"""The made-up logs of made-up cities: drawn call by call, written as each city exports them."""
