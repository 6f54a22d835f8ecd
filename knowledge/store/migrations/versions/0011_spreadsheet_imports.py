"""Spreadsheets that coordinators import"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('spreadsheet_import',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('alliance_id', sa.String(length=80), nullable=False),
    sa.Column('editor', sa.String(length=254), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('problem', sa.String(length=40), nullable=True),
    sa.Column('needs_index', sa.Boolean(), nullable=False),
    sa.Column('worker', sa.String(length=32), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('withdraws', sa.Boolean(), nullable=False),
    sa.Column('undone_by', sa.String(length=254), nullable=True),
    sa.Column('sheets', sa.JSON(), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['alliance_id'], ['alliance.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_table('spreadsheet_file',
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['spreadsheet_import.id'], ),
    sa.PrimaryKeyConstraint('import_id')
    )
    op.create_table('spreadsheet_line',
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('sheet', sa.String(length=200), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=500), nullable=False),
    sa.Column('record_id', sa.String(length=80), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=True),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('faults', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('cells', sa.JSON(none_as_null=True), nullable=True),
    sa.ForeignKeyConstraint(['import_id'], ['spreadsheet_import.id'], ),
    sa.PrimaryKeyConstraint('import_id', 'position')
    )
    op.create_table('spreadsheet_mapping',
    sa.Column('alliance_id', sa.String(length=80), nullable=False),
    sa.Column('headings', sa.String(length=64), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['alliance_id'], ['alliance.id'], ),
    sa.PrimaryKeyConstraint('alliance_id', 'headings')
    )
    for column in ('alliance_id', 'created_at', 'state'):
        op.create_index(f'ix_spreadsheet_import_{column}', 'spreadsheet_import', [column])
    op.create_index('ix_spreadsheet_line_kind', 'spreadsheet_line', ['import_id', 'kind', 'position'])
    op.create_index('ix_spreadsheet_line_record_id', 'spreadsheet_line', ['import_id', 'record_id'])


def downgrade() -> None:
    for table in ('spreadsheet_mapping', 'spreadsheet_line', 'spreadsheet_file', 'spreadsheet_import'):
        op.drop_table(table)
