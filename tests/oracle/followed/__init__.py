"""What follows a contact or comes before one: selfcare, promotions and sales."""
