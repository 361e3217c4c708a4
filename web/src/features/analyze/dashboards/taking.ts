/** Taking a card along: its figures as CSV from the server, its drawing as PNG from the page. */
import { giveFile } from '@/lib/http/give-file';
import { kehuFetch } from '@/lib/http/http';
import type { Question } from './queries';

const SCALE = 2;

export async function takeCsv(card: string, question: Question): Promise<void> {
  const response = await kehuFetch(`/api/v1/dashboards/cards/${card}/csv`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(question),
  });
  giveFile(await response.blob(), `${card}.csv`);
}

/** Draws the SVG of a chart at twice its size on the colour of its ground. */
export async function takePng(svg: SVGSVGElement, name: string, ground: string): Promise<void> {
  const { width, height } = svg.getBoundingClientRect();
  const text = new XMLSerializer().serializeToString(svg);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: width * SCALE, height: height * SCALE });
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  pen.fillStyle = ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (made) giveFile(made, `${name}.png`);
}
