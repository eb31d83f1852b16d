DROP TABLE import_links;
DROP TABLE import_problems;
DROP TABLE import_chunks;
DROP TABLE import_files;
DROP TABLE imports;
