DROP TABLE deal_materials;
DROP TABLE material_versions;
DROP TABLE material_labels;
DROP TABLE materials;
