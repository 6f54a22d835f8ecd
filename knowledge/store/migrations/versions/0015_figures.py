"""Figures: counters of a day"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('figure',
    sa.Column('alliance_id', sa.String(length=80), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('value', sa.String(length=80), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('alliance_id', 'day', 'kind', 'value')
    )
    op.create_index('ix_figure_day', 'figure', ['day'])


def downgrade() -> None:
    op.drop_table('figure')
