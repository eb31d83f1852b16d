mod deals;
mod leads;
mod people;
mod races;
mod rates;
mod requests;
mod sign_in;
mod summary;
