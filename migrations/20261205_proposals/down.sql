DROP TABLE visas;
DROP TABLE proposal_lines;
DROP TABLE proposals;
DROP TABLE proposal_numbers;
