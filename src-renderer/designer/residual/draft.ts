import type { GraphDocument } from '@shared/graph/document';
import { applyEdit, type Edit } from '@shared/graph/edit';

/** A design while a step of several edits is put together: each edit is made of what the ones before have left. */
export class Draft {
  readonly edits: Edit[] = [];

  constructor(public document: GraphDocument) {}

  apply(edit: Edit): void {
    this.document = applyEdit(this.document, edit).document;
    this.edits.push(edit);
  }
}
