"""From which German text translations were made, and wishes for machine translation"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('translation_source',
    sa.Column('offering_id', sa.String(length=80), nullable=False),
    sa.Column('language', sa.String(length=3), nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('source_version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('offering_id', 'language', 'version')
    )
    op.create_table('translation_job',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('language', sa.String(length=3), nullable=False),
    sa.Column('alliances', sa.JSON(), nullable=True),
    sa.Column('editor', sa.String(length=254), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('skipped', sa.Integer(), nullable=False),
    sa.Column('fault', sa.String(length=20), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    for column in ('editor', 'touched_at', 'state'):
        op.create_index(f'ix_translation_job_{column}', 'translation_job', [column])


def downgrade() -> None:
    for table in ('translation_job', 'translation_source'):
        op.drop_table(table)
