"""Questions without a good answer, and names for needs that coordinators add"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('asked_in_vain',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('need', sa.String(length=80), nullable=True),
    sa.Column('place', sa.String(length=200), nullable=True),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.Column('alliance_id', sa.String(length=80), nullable=True),
    sa.Column('conversation', sa.String(length=64), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('changed_by', sa.String(length=254), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['alliance_id'], ['alliance.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    for column in ('asked_at', 'alliance_id', 'conversation', 'state'):
        op.create_index(f'ix_asked_in_vain_{column}', 'asked_in_vain', [column], unique=False)
    op.create_table('learnt_name',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('folded', sa.String(length=240), nullable=False),
    sa.Column('code', sa.String(length=80), nullable=False),
    sa.Column('alliance_id', sa.String(length=80), nullable=True),
    sa.Column('added_by', sa.String(length=254), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_by', sa.String(length=254), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['alliance_id'], ['alliance.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index(
        'ix_learnt_name_in_use', 'learnt_name', ['folded'], unique=True,
        sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'),
    )


def downgrade() -> None:
    op.drop_table('learnt_name')
    op.drop_table('asked_in_vain')
