import { z } from 'zod';

// zod compiles validators with new Function, which the Content Security Policy forbids; this must run before any schema is used.
z.config({ jitless: true });
