/** Version of the studio, written into runs and exported files; a test holds it to package.json's. */
export const STUDIO_VERSION = '0.1.0';
