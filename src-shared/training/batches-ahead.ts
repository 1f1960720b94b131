/** Batches that are made while the one before them is in use; they wait in the program's own memory, whatever the device. */
export const BATCHES_AHEAD = 2;
