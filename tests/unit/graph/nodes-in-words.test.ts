import { expect, it } from 'vitest';
import { nodesInWords } from '@shared/graph/nodes-in-words';
import { DOCUMENT_VERSION, type GraphDocument, type GraphNode } from '@shared/graph/document';

const relu = (name: string, parent?: string): GraphNode => {
  return { id: name, type: 'relu', name, fields: {}, ...(parent !== undefined && { parent }) };
};
const group = (name: string): GraphNode => ({ id: name, type: 'group', name, fields: {} });
const document: GraphDocument = {
  version: DOCUMENT_VERSION,
  nodes: [relu('A'), relu('B'), relu('C'), group('Trunk'), relu('D', 'Trunk'), group('Head')],
  edges: [],
};

it.each<[string[], string]>([
  [['A'], 'A'],
  [['A', 'B', 'C'], '3 layers'],
  [['Trunk'], 'Trunk'],
  [['Trunk', 'D'], 'Trunk'],
  [['D'], 'D'],
  [['Trunk', 'Head'], '2 groups'],
  [['A', 'Trunk', 'D', 'B'], '2 layers and 1 group'],
])('%j are %s', (ids, words) => {
  expect(nodesInWords(document, ids)).toBe(words);
});
