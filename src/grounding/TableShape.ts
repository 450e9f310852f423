export interface ColumnShape {
  readonly name: string
  readonly type: string
  readonly primaryKey: boolean
  readonly description: string | null
  readonly values: ReadonlyArray<string>
}
export interface TableShape {
  readonly name: string
  readonly schema: string | null
  readonly description: string | null
  readonly columns: ReadonlyArray<ColumnShape>
}
export interface ForeignKeyShape {
  readonly from: { readonly table: string; readonly columns: ReadonlyArray<string> }
  readonly to: { readonly table: string; readonly columns: ReadonlyArray<string> }
}
export interface SchemaShapes {
  readonly tables: ReadonlyArray<TableShape>
  readonly foreignKeys: ReadonlyArray<ForeignKeyShape>
}
