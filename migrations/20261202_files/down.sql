DROP TABLE files;
DROP TABLE file_objects;
