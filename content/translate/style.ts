// The bar's own look, beside what all surfaces share.

export const STYLE = `
.bar {
  display: grid;
  gap: 6px;
  right: 16px;
  bottom: 16px;
  width: 340px;
  max-width: calc(100vw - 32px);
  max-height: calc(100vh - 32px);
  padding: 9px 9px 10px 14px;
  overflow: auto;
}

.row {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  align-items: center;
}

.row .name {
  margin-right: auto;
}

.row button {
  min-height: 28px;
}

.row .close {
  margin-left: 0;
}

.detail {
  padding-right: 5px;
  color: var(--soft);
  font-size: 12.5px;
}

progress {
  margin-right: 5px;
  width: calc(100% - 5px);
}

.problem {
  margin: 4px 5px 2px 0;
}
`;
