"""Parents' feedback: helped or not, why not, in which hour"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('feedback',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('hour', sa.DateTime(timezone=True), nullable=False),
    sa.Column('alliance_id', sa.String(length=80), nullable=True),
    sa.Column('language', sa.String(length=12), nullable=False),
    sa.Column('helped', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=True),
    sa.ForeignKeyConstraint(['alliance_id'], ['alliance.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_feedback_hour', 'feedback', ['hour'])


def downgrade() -> None:
    op.drop_table('feedback')
