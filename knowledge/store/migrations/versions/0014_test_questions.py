"""Questions with which offerings should be found"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('saved_question',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('alliance_id', sa.String(length=80), nullable=False),
    sa.Column('offering_id', sa.String(length=80), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('near', sa.String(length=100), nullable=False),
    sa.Column('within', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('why', sa.String(length=20), nullable=True),
    sa.Column('asked_on', sa.Date(), nullable=True),
    sa.Column('index_of', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['alliance_id'], ['alliance.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('offering_id', 'text', 'language', 'near'),
    sqlite_autoincrement=True
    )
    for column in ('alliance_id', 'offering_id'):
        op.create_index(f'ix_saved_question_{column}', 'saved_question', [column])


def downgrade() -> None:
    op.drop_table('saved_question')
