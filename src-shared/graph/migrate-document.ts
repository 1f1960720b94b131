import { DOCUMENT_VERSION } from './document';

type Json = Readonly<Record<string, unknown>>;

/** What turns a document of version `key` into one of the next version. */
const migrations: Readonly<Record<number, (document: Json) => Json>> = {
  // Groups came with version 2; a document without them reads the same.
  1: (document) => ({ ...document, version: 2 }),
  // The flow came with version 3; a document without one runs to the right, as all did.
  2: (document) => ({ ...document, version: 3 }),
};

function isOfVersion(document: unknown, version: number): document is Json {
  return (
    typeof document === 'object' && document !== null && 'version' in document && document.version === version
  );
}

/**
 * The document in the form of this version, as far as it is one of an older version; anything else is handed back as it is, for the
 * schema to judge. Does not change what it is given.
 */
export function migrateDocument(json: unknown): unknown {
  let document = json;
  for (let version = 1; version < DOCUMENT_VERSION; version += 1) {
    if (isOfVersion(document, version)) document = migrations[version]!(document);
  }
  return document;
}
