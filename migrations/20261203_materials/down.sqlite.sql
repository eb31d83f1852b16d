DROP TABLE deal_materials;
DROP TABLE material_versions;
DROP TABLE material_labels;
DROP TRIGGER materials_search_update;
DROP TRIGGER materials_search_insert;
DROP TABLE materials_search;
DROP TABLE materials;
