import { StudioError } from '@shared/problem';
import type { Diagram } from './diagram-svg';

/** Pixels of a side that every browser can draw. */
const MOST_PIXELS = 16_384;

/**
 * A diagram as PNG with so many pixels for a CSS pixel, fewer where the picture would become larger than browsers can draw.
 * @throws StudioError diagram-not-drawn when this browser refuses
 */
export async function diagramPng({ svg, width, height }: Diagram, density = 3): Promise<Uint8Array> {
  const scale = Math.min(density, MOST_PIXELS / width, MOST_PIXELS / height);
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/png');
    });
    if (!blob) throw notDrawn();
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(address);
  }
}

function notDrawn(): StudioError {
  return new StudioError({
    code: 'diagram-not-drawn',
    message: 'The diagram is too large to be drawn as PNG here.',
    fix: 'Save it as SVG instead.',
  });
}
