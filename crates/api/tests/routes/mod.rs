mod deals;
mod people;
mod rates;
mod sign_in;
