import { z } from 'zod';

/** The side of the square that images smaller than it are padded to when a data set says nothing else. */
export const USUAL_SIDE = 32;

const perChannel = z.array(z.number());

/** What a data set says about itself: everything but its images. */
export const datasetDescriptionSchema = z
  .object({
    /** A registered name such as "mnist", or the folder of a data set that has no name. */
    id: z.string().min(1),
    name: z.string().min(1),
    /** Class names; a label is an index into them. */
    classes: z.array(z.string()).min(2).max(1000),
    channels: z.union([z.literal(1), z.literal(3)]),
    /** Size of the images as stored, in pixels, before padding. */
    height: z.int().positive(),
    width: z.int().positive(),
    /** Images of any size, gray or colour, that are made into what a network wants; the sizes here are then what one wanted. */
    adapts: z.literal(true).optional(),
    /** Images of the whole set, whatever share of them a run uses. */
    trainCount: z.int().positive(),
    testCount: z.int().positive(),
    /** Per channel over all training images as stored, with pixels from 0 to 1; std is the population's. */
    mean: perChannel,
    std: z.array(z.number().positive()),
    /** Images are padded to a square of this side, centred, with this raw pixel value, then normalised. */
    pad: z.object({ to: z.int().positive(), value: z.literal(0) }),
    attribution: z.string(),
    license: z.string(),
    /** Where the data comes from: an address or a folder. */
    source: z.string(),
  })
  .refine((set) => set.mean.length === set.channels && set.std.length === set.channels, {
    message: 'mean and std need one number for each channel',
  })
  .refine((set) => set.pad.to >= set.height && set.pad.to >= set.width, {
    message: 'images do not fit into the side that they are padded to',
  });

export type DatasetDescription = z.infer<typeof datasetDescriptionSchema>;
